// RUN: %check %s async-cancellation-not-forwarded
// The code of basic.cpp made synchronous.

void work();

void run() {
  work();
}
