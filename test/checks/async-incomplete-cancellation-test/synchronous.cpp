// RUN: %check %s async-incomplete-cancellation-test
// The code of basic.cpp made synchronous.

void work();

void run() {
  work();
}
