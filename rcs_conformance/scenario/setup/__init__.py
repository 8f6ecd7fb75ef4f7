"""What is there before anything is sent: users, claims, terms, markers, preconditions."""
