// RUN: %check %s async-no-suspension
// The code of basic.cpp made synchronous.

int answer() { return 42; }
class Cache {
  void clear() { Size = 0; }
  int Size = 0;
};
