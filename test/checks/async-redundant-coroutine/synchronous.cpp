// RUN: %check %s async-redundant-coroutine
// The code of basic.cpp made synchronous.

int load(int Key);
int load_twice(int Key) { return load(2 * Key); }
