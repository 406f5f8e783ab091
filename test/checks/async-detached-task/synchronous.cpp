// RUN: %check %s async-detached-task

// The same code without coroutines.

struct Result {};
class Listener {
public:
  void on_event(int n) {
    (void)handle(n);
    static_cast<void>(handle(n));
  }
  Result stop() { return {}; }

private:
  Result handle(int n);
};
