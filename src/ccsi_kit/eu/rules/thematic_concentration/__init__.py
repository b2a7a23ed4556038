"""How ESF+ money is concentrated."""
