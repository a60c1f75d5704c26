"""What makes the packages: where a mistake would not be seen in what it makes."""
