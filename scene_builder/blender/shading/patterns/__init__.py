"""What varies over a surface, one module for each family of substances."""
