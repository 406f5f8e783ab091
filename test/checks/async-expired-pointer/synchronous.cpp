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

template <class T> struct WeakPtr {
  T *operator->() const;
};
struct Page {
  WeakPtr<Page> weak_from_this();
  void touch();
};
std::shared_ptr<Page> open_page();

void in_a_block() {
  WeakPtr<Page> page;
  {
    auto owner = open_page();
    page = owner->weak_from_this();
  }
  rest();
  page->touch();
}
