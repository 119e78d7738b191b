"""Tables: CSV files that can be read again, and flat rows for data frames."""
