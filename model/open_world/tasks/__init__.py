"""Plain tasks with right answers, asked as people ask them."""
