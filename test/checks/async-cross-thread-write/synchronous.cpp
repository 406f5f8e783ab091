// RUN: %check %s async-cross-thread-write
// The code of basic.cpp made synchronous.

class Service {
public:
  void increments() {
    auto work = [this](Service &other) {
      ++Number;
      ++other.Number;
    };
    work(*this);
  }

private:
  int Number = 0;
};
