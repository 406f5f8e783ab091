// RUN: %check %s async-escaping-cancellation
// The code of basic.cpp made synchronous.

void work();

void run() {
  work();
}
