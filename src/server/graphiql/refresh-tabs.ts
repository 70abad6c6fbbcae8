/**
 * The script that brings the examples in a browser up to date before GraphiQL starts. GraphiQL keeps its tabs in
 * localStorage and never looks at its default tabs again: after the first visit its examples would ask for orders of a
 * gateway that has long ended. A tab is brought up to date only as long as nobody has edited it, which is known by
 * comparing it with what the page has given before.
 *
 * It defines `refreshTabs(examples)`, which takes the default tabs and must be called before GraphiQL is rendered.
 */
export const REFRESH_TABS_SCRIPT = `const refreshTabs = (examples) => {
  const MOST_VERSIONS = 20;
  const nameOf = ({ query }) => /^(?:query|mutation|subscription) (\\w+)/m.exec(query ?? '')?.[1];
  const versionOf = ({ query, variables }) => JSON.stringify([query, variables || null]);
  const read = (key) => JSON.parse(localStorage.getItem(key) ?? 'null') ?? {};
  try {
    const given = read('panelgraph:examples');
    const state = read('graphiql:tabState');
    for (const [index, tab] of (state.tabs ?? []).entries()) {
      const example = examples.find((each) => nameOf(each) === nameOf(tab));
      if (!example || !given[nameOf(tab)]?.includes(versionOf(tab))) continue;
      const { query, variables } = example;
      if (index === state.activeTabIndex) {
        // GraphiQL looks for the open tab by these, and would add a tab where they match none.
        localStorage.setItem('graphiql:query', query);
        localStorage.setItem('graphiql:variables', variables ?? '');
        const address = new URL(location.href);
        if (address.searchParams.get('query') === tab.query) address.searchParams.set('query', query);
        history.replaceState({}, '', address);
      }
      Object.assign(tab, { query, variables: variables || null });
    }
    if (state.tabs) localStorage.setItem('graphiql:tabState', JSON.stringify(state));
    for (const example of examples) {
      const versions = new Set([versionOf(example), ...(given[nameOf(example)] ?? [])]);
      given[nameOf(example)] = [...versions].slice(0, MOST_VERSIONS);
    }
    localStorage.setItem('panelgraph:examples', JSON.stringify(given));
  } catch {
    // A browser that keeps nothing has no old tabs either.
  }
};
`;
