#pragma once

namespace folly {

template <class Container> bool readFile(const char *name, Container &out);
template <class Container> bool writeFile(const Container &data, const char *name);

} // namespace folly
