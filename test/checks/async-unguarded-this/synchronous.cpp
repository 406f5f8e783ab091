// RUN: %check %s async-unguarded-this

// The same classes without coroutines: nothing comes between two statements.

#include <memory>

void wait();

struct Session : std::enable_shared_from_this<Session> {
  int Count = 0;
  void unseen() {
    wait();
    ++Count;
  }
  void stop() {}
};
