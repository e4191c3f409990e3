"""Bytes become documents: blocks with roles and exact places, calls with turns."""
