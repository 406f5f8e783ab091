// RUN: %check %s async-cancellation-not-checked
// The code of basic.cpp made synchronous.

void work();

void run() {
  work();
}
