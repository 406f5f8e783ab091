// RUN: %check %s async-expired-pointer

// The same code without coroutines: nothing happens before the pointer is
// followed, or it is for other tools to tell.

#include <memory>

struct Session {
  void go();
};
void rest();

void after(std::weak_ptr<Session> weak) {
  rest();
  auto self = weak.lock();
  self->go();
}
