// RUN: %check %s async-ignored-stop
// The code of basic.cpp made synchronous.

void work();

void run() {
  work();
}
