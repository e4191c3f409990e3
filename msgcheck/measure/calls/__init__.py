"""What calls show: who speaks, where confusion surfaces, and what it costs."""
