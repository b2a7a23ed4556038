"""Social innovation, social experimentation and social enterprises, as ESF+ words them."""
