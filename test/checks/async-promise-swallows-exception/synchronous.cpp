// RUN: %check %s async-promise-swallows-exception
// The code of basic.cpp made synchronous: a class with the same members.

struct Silent {
  struct State {
    Silent make();
    void return_void() {}
    void unhandled_exception() {}
  };
  void get();
};
