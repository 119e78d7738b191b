"""What a field may hold, written once: the rules, the checks made from them, and what all models have in common."""
