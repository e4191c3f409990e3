"""The browser app and its API: everything of FastAPI, uvicorn and what is shown in a browser lives here."""
