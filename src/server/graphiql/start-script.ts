/**
 * The script by which a browser starts GraphiQL. It stands before GraphiQL's own script, which reads
 * MonacoEnvironment when it is loaded.
 *
 * Two things are set right that GraphiQL does not offer as options:
 * - Lines wrap, where GraphiQL would cut them off at the edge of the editor.
 * - The editors follow the system from light to dark, where GraphiQL changes the background alone and leaves the text
 *   unreadable. A theme that was chosen in its settings, which is a class of the body, stays.
 */
import { REFRESH_TABS_SCRIPT } from './refresh-tabs.ts';

export const START_SCRIPT = `${REFRESH_TABS_SCRIPT}
(() => {
  const { options, workers } = JSON.parse(document.getElementById('options').textContent);
  // With globalAPI the editor is in window.monaco.
  self.MonacoEnvironment = { globalAPI: true, getWorkerUrl: (_, label) => workers[label] };
  const start = () => {
    const { editor } = window.monaco;
    editor.onDidCreateEditor((created) => created.updateOptions({ wordWrap: 'on' }));
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', () => {
      const { classList } = document.body;
      if (classList.contains('graphiql-light') || classList.contains('graphiql-dark')) return;
      editor.setTheme(dark.matches ? 'graphiql-DARK' : 'graphiql-LIGHT');
    });
    refreshTabs(options.defaultTabs ?? []);
    YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), options);
  };
  document.addEventListener('DOMContentLoaded', start);
})();
`;
