// RUN: %check %s async-double-destroy
// The code of basic.cpp made synchronous: a handle of something else.

struct Handle {
  void destroy();
};

class Copied {
public:
  explicit Copied(Handle H) : H(H) {}
  ~Copied() { H.destroy(); }

private:
  Handle H;
};
