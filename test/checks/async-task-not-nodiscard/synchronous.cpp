// RUN: %check %s async-task-not-nodiscard

// The same code without coroutines.

struct Result {};
Result work() { return {}; }
