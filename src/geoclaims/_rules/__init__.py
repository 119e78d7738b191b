"""Rules of what fields may hold, each with how its values are checked, read, written and described."""
