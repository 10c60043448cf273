"""Words of giving, and rules that could be worked out on paper."""
