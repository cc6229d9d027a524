"""A class is graded: a batch of submissions, the pools of processes that do the work, the journal and the results."""
