// RUN: %check %s async-hostile-across-suspend

// The same without coroutines.

#include <utility>

int read();
void use(int);

thread_local const char *current_user = nullptr;

class AsUser {
public:
  explicit AsUser(const char *user)
      : previous(std::exchange(current_user, user)) {}
  ~AsUser() { current_user = previous; }

private:
  const char *previous;
};

void synchronous() {
  AsUser user("root");
  use(read());
}
