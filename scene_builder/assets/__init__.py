"""Where shapes come from: asset sources, mass properties, convex decomposition."""
