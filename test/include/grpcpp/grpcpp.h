// Imitation of gRPC for tests.

#ifndef TEST_INCLUDE_GRPCPP_GRPCPP_H
#define TEST_INCLUDE_GRPCPP_GRPCPP_H

#include <functional>

namespace grpc {

class Status {};
class ClientContext {};

class CompletionQueue {
public:
  bool Next(void **tag, bool *good);
};

template <class R> class ClientReadReactor {};
template <class R> class ClientAsyncResponseReader {};

template <class R> class ClientReader final {
public:
  bool Read(R *message);
  Status Finish();
};

class ServerInterface {
public:
  void Shutdown();
  virtual void Wait() = 0;
};

class Server : public ServerInterface {
public:
  void Wait() override;
};

namespace internal {
template <class In, class Out> Status BlockingUnaryCall(ClientContext *, const In &, Out *);
} // namespace internal

} // namespace grpc

#endif
