"""Chats of each kind and file transfers: what their users can do, and what they are notified of."""
