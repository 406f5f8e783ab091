// RUN: %check %s async-prefer-await-over-then
// The code of basic.cpp made synchronous.

template <class T> struct Result {
  template <class F> auto then(F next) { return next(Value); }
  T Value;
};

Result<int> count();
int twice(int n);

int doubled() {
  return count().then([](int n) { return twice(n); });
}
