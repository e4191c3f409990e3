"""Crawl a site into a snapshot folder, politely and within bounds (`run`), and read such a folder (`snapshot`)."""
