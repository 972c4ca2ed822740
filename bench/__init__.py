"""How fast deskcli is, beside its limits and its peers (see README.md)."""
