"""A made-up next release of the program for trials: one more table, and jobs that can be watched."""
