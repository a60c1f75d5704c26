"""Getting to an archive: the start view, unlocking, and making a new one."""
