"""Reading untrusted bytes in worker processes: one module per family of formats."""
