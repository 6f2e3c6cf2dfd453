"""What readers run on: the embedded model, chat models in process, chat models over HTTP."""
