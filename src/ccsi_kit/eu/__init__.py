"""The built-in country: what the Union publishes about all of them."""
