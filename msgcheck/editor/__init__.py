"""msgcheck in an editor: the Language Server Protocol over stdin and stdout."""
