"""De minimis aid."""
