"""The models: who speaks, what is said, who is accused, who denies it, and the article that holds it all."""
