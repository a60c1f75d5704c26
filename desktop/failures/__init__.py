"""What expected failures are said to be, in tables of sentences by field; `desktop.messages` asks them."""
