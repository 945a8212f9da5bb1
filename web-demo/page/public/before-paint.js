// Chooses language and theme before the first paint, so that nothing flashes. A classic script on purpose: module
// scripts run after parsing. The rest of the page reads its answer from <html lang data-theme>.
(() => {
	const read = (key) => {
		try {
			return localStorage.getItem(key);
		} catch {
			return null; // blocked storage: the browser's own preference is used
		}
	};
	const root = document.documentElement;
	const stored = read('gatepass.language');
	const wanted = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'sv' || tag === 'en');
	root.lang = stored === 'sv' || stored === 'en' ? stored : (wanted ?? 'en');
	const theme = read('gatepass.theme');
	if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
})();
