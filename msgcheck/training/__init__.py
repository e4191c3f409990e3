"""How the shipped models were made, runnable again."""
