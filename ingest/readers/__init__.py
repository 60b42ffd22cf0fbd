"""One reader for each family of formats; every one returns a `Source` of lines and grids."""
