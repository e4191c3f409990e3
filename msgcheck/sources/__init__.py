"""Bytes in: files, folders, stdin and web pages."""
