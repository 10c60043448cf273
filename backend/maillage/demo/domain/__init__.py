"""What the demo campaign says and how it is spread: invented, computed on paper, the same on every machine."""
