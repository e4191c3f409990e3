"""HTML as copy: scan the source, build the tree, drop what is no copy, cut blocks, name their roles."""
