#ifndef TEST_INCLUDE_CAPNP_CAPABILITY_H
#define TEST_INCLUDE_CAPNP_CAPABILITY_H

#include "../kj/async.h"

namespace capnp {

template <typename T> class RemotePromise : public kj::Promise<T> {
public:
  using kj::Promise<T>::Promise;
};

template <typename Params, typename Results> class Request {
public:
  RemotePromise<Results> send();
};

} // namespace capnp

#endif
