"""Values: dates as precise as their source, quantities with their bounds, and spans."""
