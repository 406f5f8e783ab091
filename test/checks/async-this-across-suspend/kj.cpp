// RUN: %check %s async-this-across-suspend
// The task is all that is left of a function that held the object.

#include <kj/refcount.h>

kj::Promise<void> nap();

struct Actor : kj::Refcounted {
  int Requests = 0;
  kj::Promise<int> late() {
    co_await nap();
    co_return ++Requests;
  }
  kj::Promise<int> early() {
    ++Requests;
    co_await nap();
    co_return 0;
  }
  kj::Promise<int> kept() {
    auto self = kj::addRef(*this);
    co_await nap();
    co_return ++Requests;
  }
};

kj::Own<Actor> find(int id);
struct Plain {
  kj::Own<Actor> Held;

  kj::Promise<int> member() { return Held->late(); }
  kj::Promise<int> local(int id) {
    auto actor = find(id);
    return actor->late();
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the object may be gone when 'Actor::late' uses it after a suspension: the task is returned, and the reference to the object dies here; keep the reference with the task, or await the call [async-this-across-suspend]
    // CHECK-MESSAGES: :12:17: note: used here
  }
  kj::Promise<int> parameter(kj::Own<Actor> actor) {
    return kj::mv(actor)->late();
  }
  kj::Promise<int> reference(kj::Own<Actor> &actor) { return actor->late(); }
  kj::Promise<int> is_early(int id) {
    auto actor = find(id);
    return actor->early();
  }
  kj::Promise<int> is_kept(int id) {
    auto actor = find(id);
    return actor->kept();
  }
  kj::Promise<int> awaits(int id) {
    auto actor = find(id);
    co_return co_await actor->late();
  }
  kj::Promise<int> continues(int id) {
    auto actor = find(id);
    auto &it = *actor;
    return it.late().then([actor = kj::mv(actor)](int n) mutable { return n; });
  }
};
