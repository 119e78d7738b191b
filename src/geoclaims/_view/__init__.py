"""Put what an article holds into words and lines for people."""
